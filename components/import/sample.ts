import { importQueue } from './queue';

const sampleName = 'codex-0.169.0.jsonl';

/**
 * Fetches the sample log that comes with Dendro and imports it as if it had been dropped. False when it cannot be
 * fetched.
 */
export async function importSample(): Promise<boolean> {
  try {
    const response = await fetch(`/samples/${sampleName}`);
    if (!response.ok) return false;
    importQueue.add([new File([await response.blob()], sampleName)]);
    return true;
  } catch {
    return false;
  }
}

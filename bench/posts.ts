import { readFile } from 'node:fs/promises';
import { send } from '../e2e/support/requests.ts';
import { filled, readText, withServer } from './dendros.ts';
import { generatedLog } from './logs.ts';
import type { Bench } from './row.ts';
import { paced, quantile } from './timing.ts';

const postsPerSecond = 10;
/** Posts before the measured ones, because the server has just started. */
const warming = 10;
/** Request bodies of Codex in one post: about 14 events. */
const linesPerPost = 10;
/** As four browsers that each ask again every second. */
const overviewsPerSecond = 4;

/** Measures small posts that add to each other's trees, while readers ask for the Overview. */
export async function postsBesideReaders({ sizes, note }: Bench): Promise<Record<'post' | 'overview', number>> {
  const { dataFolder } = await filled(sizes.log);
  const posts = postsPerSecond * sizes.seconds;
  const lines = (await readFile(await generatedLog(2 * linesPerPost * (warming + posts), 2), 'utf8')).split('\n');
  return withServer(dataFolder, async (server) => {
    const post = async (index: number): Promise<void> => {
      const body = lines.slice(index * linesPerPost, (index + 1) * linesPerPost).join('\n');
      const answer = await send(server.port, { method: 'POST', target: `/api/imports?name=post-${index}.jsonl`, body });
      if (answer.status !== 201) throw new Error(`A post was refused (${answer.status}): ${answer.body}`);
    };
    await readText(server, '/');
    for (let index = 0; index < warming; index++) await post(index);
    const [postTimes, overviewTimes] = await Promise.all([
      paced(postsPerSecond, sizes.seconds, (index) => post(warming + index)),
      paced(overviewsPerSecond, sizes.seconds, () => readText(server, '/')),
    ]);
    note('median of a post', `${quantile(postTimes, 0.5).toFixed(0)} ms`);
    note('median of an Overview', `${quantile(overviewTimes, 0.5).toFixed(0)} ms`);
    return { post: quantile(postTimes, 0.95), overview: quantile(overviewTimes, 0.95) };
  });
}

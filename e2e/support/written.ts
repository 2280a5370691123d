import type { APIRequestContext } from '@playwright/test';
import { expect } from './test.ts';

/**
 * Returns the rows below the head of the table with this caption, in the page at this address as the server writes it;
 * none where there is no such table. For addresses of a page that another test shows in a browser: the browser takes
 * ten times as long.
 */
export async function rowsWritten(
  request: APIRequestContext,
  address: string,
  caption: string,
): Promise<readonly string[]> {
  const answer = await request.get(address);
  expect(answer.status(), address).toBe(200);
  const [, rest] = (await answer.text()).split(new RegExp(`<caption><span[^>]*>${caption}</span></caption>`));
  const [, body = ''] = rest?.split('</table>')[0]?.split('<tbody>') ?? [];
  return body.split('<tr').slice(1);
}

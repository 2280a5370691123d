/*
 * Ids of logs as segments of a path. An id may hold anything, but `.` and `..` cannot stand in a path, not even
 * encoded: whoever reads an address takes them for directions (RFC 3986, 5.2.4). They stand there as `~.` and `~..`,
 * and an id that looks like that gets one more `~`.
 */
const escaped = /^~+\.{1,2}$/;
const needsEscape = /^~*\.{1,2}$/;

/** The segment of a path that stands for this id. */
export const pathSegment = (id: string): string => (needsEscape.test(id) ? `~${id}` : encodeURIComponent(id));

/** The id that a segment of a path, already decoded, stands for. */
export const idOfSegment = (segment: string): string => (escaped.test(segment) ? segment.slice(1) : segment);

/** A request target whose path has no directions: where a client sent `.` or `..` as they are, it meant the ids. */
export function withoutDirections(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1);
  return (
    path
      .split('/')
      .map((segment) => (/^(?:\.|%2e){1,2}$/i.test(segment) ? `~${segment.replaceAll(/%2e/gi, '.')}` : segment))
      .join('/') + target.slice(path.length)
  );
}

/**
 * An id without the prefix that Route 53 puts before it in answers and takes, or not, in requests:
 * `/hostedzone/Z1` and `Z1` are the same zone.
 */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

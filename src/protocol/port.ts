/**
 * One end of a line to another process, thread or page. Messages are structured clones and arrive in the order they were posted;
 * what is posted once the line is closed is lost, and closed it is told to both ends.
 */
export interface Port<In, Out> {
  /** @param transfer buffers to hand over instead of copying, if they stay in this process */
  post(message: Out, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: In) => void): void;
  /** @param listener hears, once, why the line is closed */
  onClosed(listener: (reason: Error) => void): void;
  close(): void;
}

/**
 * One end of a line to another process, thread or page. Messages are structured clones and arrive in the order in which they were
 * posted. When the line is closed, both ends are notified; messages posted after that are lost.
 */
export interface Port<In, Out> {
  /** @param transfer buffers to hand over instead of copying, if they stay in this process */
  post(message: Out, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: In) => void): void;
  /** @param listener called once, with the reason why the line is closed */
  onClosed(listener: (reason: Error) => void): void;
  close(): void;
}

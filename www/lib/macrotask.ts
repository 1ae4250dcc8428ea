/** Does things one after another, each in a task of its own. Timers are throttled in hidden tabs; messages are not. */
export function inTurn(act: () => void): void {
  waiting.push(act);
  turns.port2.postMessage(null);
}

const waiting: (() => void)[] = [];
const turns = new MessageChannel();
turns.port1.onmessage = () => waiting.shift()?.();

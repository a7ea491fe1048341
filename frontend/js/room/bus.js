// Who wants to hear of what, within one page of the room.

export function createBus() {
  const handlers = new Map()
  return {
    tell: (type, ...what) => [...(handlers.get(type) ?? [])].forEach((handler) => handler(...what)),
    /** Gives back what stops it. */
    on(type, handler) {
      if (!handlers.has(type)) handlers.set(type, new Set())
      handlers.get(type).add(handler)
      return () => handlers.get(type).delete(handler)
    },
  }
}

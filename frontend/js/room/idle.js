// The call before and after there is one.

export const idle = {
  tell() {},
  note() {},
  replace() {},
  configure() {},
  tune: () => Promise.resolve(),
  fingerprints: () => null,
  networkChanged() {},
  joined() {},
  peerJoined() {},
  signal() {},
  peerLeft() {},
  close() {},
  stats: () => Promise.resolve(null),
}

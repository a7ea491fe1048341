// The call before and after there is one.

export const idle = {
  tell() {},
  replace() {},
  configure() {},
  networkChanged() {},
  joined() {},
  peerJoined() {},
  signal() {},
  peerLeft() {},
  close() {},
  stats: () => Promise.resolve(null),
}

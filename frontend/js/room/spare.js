// A connection made ahead of the press of Join, and how all of them reach the world; making one takes tens of milliseconds.

/** `Connection` is RTCPeerConnection; `policy` is 'all' or 'relay'. */
export function createSpare({ Connection, policy }) {
  let servers = []
  let spare = null

  const configuration = () => ({ iceServers: servers, iceTransportPolicy: policy, bundlePolicy: 'max-bundle' })

  return {
    make: () => (spare ??= new Connection(configuration())),
    /** The one made ahead, or a new one. */
    take() {
      const ready = spare ?? new Connection(configuration())
      spare = null
      return ready
    },
    /** Through these servers from now on; gives what any other connection is to be configured with. */
    use(found) {
      servers = found
      spare?.setConfiguration(configuration())
      return configuration()
    },
    close: () => spare?.close(),
  }
}

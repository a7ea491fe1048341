// The one call of a room, and its news as the room tells them.

const RELAY_PATIENCE_MS = 10_000 // a TURN server may be far

/** `machine` is {createCall, createPeer}; `happened` hears the reducer's events, `tell` whoever listens to the room. */
export const beginCall = ({ createCall, createPeer }, { polite, spare, media, signaling, policy, happened, tell }) =>
  createCall({
    polite,
    signaling,
    media,
    makePeer: (parts) =>
      createPeer({
        ...parts,
        pc: spare.take(),
        polite,
        streams: media.streams,
        patience: policy === 'relay' ? RELAY_PATIENCE_MS : undefined,
      }),
    news: {
      connected: () => happened({ type: 'connected' }),
      interrupted: () => happened({ type: 'interrupted' }),
      rebuilt: () => happened({ type: 'rebuilt' }),
      remote: (tracks) => tell('remote', tracks),
      line: (channel) => tell('line', channel),
      said: (what) => tell('said', what),
      peerMedia: (theirs) => happened({ type: 'peer-media', media: theirs }),
      peerLeft: () => happened({ type: 'peer-left' }),
      peerAway: () => happened({ type: 'peer-away' }),
      quality: (...heard) => tell('quality', ...heard),
      fault: (error) => tell('trouble', error),
    },
  })

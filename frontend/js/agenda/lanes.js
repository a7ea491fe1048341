// Side by side what happens at the same time: each piece, {from, to}, with its lane and how many lanes there are.
export function inLanes(pieces) {
  const placed = []
  let cluster = []
  let ends = -Infinity // of the cluster: a piece that begins later has the whole width again
  let lanes = [] // where the last piece of each lane ends

  function close() {
    for (const each of cluster) placed.push({ ...each, lanes: lanes.length })
    cluster = []
    lanes = []
  }

  for (const piece of [...pieces].sort((one, other) => one.from - other.from || other.to - one.to)) {
    if (piece.from >= ends) close()
    const free = lanes.findIndex((end) => end <= piece.from)
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = piece.to
    cluster.push({ ...piece, lane })
    ends = Math.max(ends, piece.to)
  }
  close()
  return placed
}

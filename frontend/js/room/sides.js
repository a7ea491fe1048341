// Who is who on the page of a room, and what of them can be seen and heard.

export const sides = () => ({
  get mentor() {
    return this.entry?.role === 'mentor'
  },
  get other() {
    return { id: '', name: this.entry?.peer.name ?? '', photo_url: this.entry?.peer.photo_url ?? null }
  },
  get me() {
    return { id: '', name: this.entry?.you.name ?? '', photo_url: null }
  },
  get theirCamera() {
    return this.peer.media ? this.peer.media.camera : true
  },
  get theirMic() {
    return this.peer.media ? this.peer.media.mic : true
  },
})

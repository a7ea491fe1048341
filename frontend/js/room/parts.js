// What the room is made of beside the call itself: each part is an Alpine component of its own, made with the page's tools.

/** [name of the component, (tools) => component]; tools are {room, live, failed, at, person}. */
export const parts = []

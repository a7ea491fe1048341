// The words scripts use. The build puts one language's catalogue in this file's place; in a test, keys stand for themselves.
export const language = 'en'
export const strings = {}

// One Alpine component out of several sets of states and actions; getters stay getters.

export const compose = (...sets) =>
  Object.defineProperties({}, Object.assign({}, ...sets.map((set) => Object.getOwnPropertyDescriptors(set))))

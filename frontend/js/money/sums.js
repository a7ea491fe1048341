// Sums of money as the server makes them: whole paise, halves rounded up.
const WHOLE = 10_000 // basis points

// Of a price, the part that the platform takes, and what is left for the mentor.
export const feeOf = (price, feeBps) => Math.floor((price * feeBps + WHOLE / 2) / WHOLE)
export const shareOf = (price, feeBps) => price - feeOf(price, feeBps)

// A percentage of what was paid.
export const partOf = (paid, percent) => Math.floor((paid * percent + 50) / 100)

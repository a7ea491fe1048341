// The books as a table: accounts with debits and credits, and whether they come to zero.

// {account: paise, debits positive} -> rows in a fixed order, with the sums below.
export function accountsOf(balances = {}) {
  const rows = Object.entries(balances).map(([account, paise]) => ({
    account,
    debit: Math.max(0, paise),
    credit: Math.max(0, -paise),
  }))
  const sum = (side) => rows.reduce((all, each) => all + each[side], 0)
  return { rows: rows.sort((a, b) => (a.account < b.account ? -1 : 1)), debit: sum('debit'), credit: sum('credit') }
}

export const isBalanced = ({ debit, credit }) => debit === credit

// How a comparison ended: well, with something that had been missed and is being seen to, or with differences.
export function verdict({ differences, mended, wrong = [] }) {
  if (differences.length || wrong.length) return 'differs'
  return mended.length ? 'mended' : 'agrees'
}

export const difference = ({ ours_paise: ours, theirs_paise: theirs }) => ours - theirs

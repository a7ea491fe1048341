// The figures of a chart by month: how high each bar stands, in percent of its height, and the lines behind them.
const LINES = 4
const STEPS = [1, 2, 2.5, 5, 10]

// The top of a scale that has whole, round steps, in paise.
export function scaleOf(most) {
  const least = Math.max(most, 100_00) / LINES
  const power = 10 ** Math.floor(Math.log10(least))
  const step = power * STEPS.find((each) => each * power >= least)
  const lines = Array.from({ length: LINES + 1 }, (_, n) => n * step)
  return { top: LINES * step, lines }
}

const percent = (part, of) => Math.round((Math.max(0, part) / of) * 10_000) / 100

// `months` as the API gives them, the oldest first -> {lines: [{paise, at}], months: [… with heights]}.
export function chartOf(months) {
  const { top, lines } = scaleOf(Math.max(0, ...months.flatMap((each) => [each.earned_paise, each.paid_out_paise])))
  return {
    lines: lines.map((paise) => ({ paise, at: percent(paise, top) })),
    months: months.map((each) => ({
      ...each,
      kept_paise: each.earned_paise - each.refunded_paise,
      keptHeight: percent(Math.min(each.earned_paise, each.earned_paise - each.refunded_paise), top),
      refundedHeight: percent(Math.min(each.refunded_paise, each.earned_paise), top),
      paidOutHeight: percent(each.paid_out_paise, top),
    })),
  }
}

export const isEmpty = (months) =>
  months.every((each) => !each.earned_paise && !each.refunded_paise && !each.paid_out_paise)

// All months together, for the last line of the table.
export const totals = (months) =>
  months.reduce(
    (all, each) => ({
      earned_paise: all.earned_paise + each.earned_paise,
      refunded_paise: all.refunded_paise + each.refunded_paise,
      paid_out_paise: all.paid_out_paise + each.paid_out_paise,
    }),
    { earned_paise: 0, refunded_paise: 0, paid_out_paise: 0 },
  )

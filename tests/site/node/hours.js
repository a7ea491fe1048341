// A mentor’s hours, for tests of the editor.
export const at = (from, to) => ({ from, to })
export const OFFICE = [at('09:00', '17:00')]
export const NOTHING = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
export const HOURS = {
  version: 3,
  zone: 'Asia/Kolkata',
  weekly: { ...NOTHING, mon: OFFICE },
  overrides: [],
  blackouts: [],
  buffer_before_minutes: 0,
  buffer_after_minutes: 15,
  notice_minutes: 720,
  horizon_days: 60,
  daily_most: null,
  start_every_minutes: 30,
  away: false,
  away_until: null,
}

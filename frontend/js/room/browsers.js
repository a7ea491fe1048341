// Which browser this is, as far as it changes where a camera is allowed; pure. Every browser on iOS has Safari's inside.

/** chrome | edge | firefox | safari | ios | android | other, from navigator.userAgent and maxTouchPoints. */
export function browserOf(agent, touchPoints = 0) {
  const tablet = /Macintosh/.test(agent) && touchPoints > 1 // an iPad says that it is a Mac
  if (/iPhone|iPad|iPod/.test(agent) || tablet) return 'ios'
  if (/Android/.test(agent)) return 'android'
  if (/\bEdg\//.test(agent)) return 'edge'
  if (/\bFirefox\//.test(agent)) return 'firefox'
  if (/\bChrome\//.test(agent)) return 'chrome'
  return /\bSafari\//.test(agent) ? 'safari' : 'other'
}

/** mac | windows | other: where the machine itself may forbid a browser the camera. */
export function systemOf(agent) {
  if (/Macintosh|Mac OS X/.test(agent)) return 'mac'
  return /Windows/.test(agent) ? 'windows' : 'other'
}

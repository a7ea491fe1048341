// CloudFront Function (viewer request): the address people see -> the file that answers it.
// PAGES (the other files are in it, too) and MISSING are filled in from routes.json by the release build.
function handler(event) {
  var request = event.request
  var path = request.uri
  if (path.length > 1 && path.endsWith('/')) return moved(path.replace(/\/+$/, '') || '/', request.querystring)
  if (path.startsWith('/assets/')) return request
  var dotted = path.slice(path.lastIndexOf('/')).indexOf('.') !== -1
  request.uri = PAGES[path] || (!dotted && PAGES[path.replace(/\/[^/]+$/, '/*')]) || MISSING
  return request
}

function moved(path, query) {
  var parts = []
  for (var name in query) {
    var values = query[name].multiValue || [query[name]]
    for (var i = 0; i < values.length; i++) parts.push(name + '=' + values[i].value)
  }
  var to = path.replace(/^\/+/, '/') + (parts.length ? '?' + parts.join('&') : '')
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: to } } }
}

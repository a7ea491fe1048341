// CloudFront Function (viewer request): API Gateway serves sockets at its stage's own path and nowhere else.
function handler(event) {
  event.request.uri = '/api'
  return event.request
}

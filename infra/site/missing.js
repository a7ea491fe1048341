// CloudFront Function (viewer response): a page that stands for a missing one carries its true status.
// The upload marks such a file with x-amz-meta-status; S3 itself can only say 200.
function handler(event) {
  var response = event.response
  var status = response.headers['x-amz-meta-status']
  if (status) {
    response.statusCode = Number(status.value)
    response.statusDescription = 'Not Found'
    delete response.headers['x-amz-meta-status']
  }
  return response
}

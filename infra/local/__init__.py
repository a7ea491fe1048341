"""PeerLearn on one machine: the packaged release on an emulated AWS, behind a proxy that plays CloudFront."""

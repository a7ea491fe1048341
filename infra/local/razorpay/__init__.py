"""A stand-in for Razorpay that speaks as its documentation says, and moves no money."""

"""PeerLearn's Chalice app: it registers the blueprints of functions/, and nothing else."""

from chalice.app import Chalice

from functions import (
    accounts,
    admin,
    availability,
    bookings,
    calendar_feeds,
    config,
    drafts,
    due,
    health,
    mail,
    mentors,
    offerings,
    openapi,
    payees_worker,
    payments,
    payout_worker,
    reactions,
    realtime,
    requests,
    rooms,
    sessions,
    settlement,
    topics,
    uploads,
    waitlists,
    webhooks,
)

app = Chalice("peerlearn", configure_logs=False)
app.experimental_feature_flags.update(["WEBSOCKETS"])
for blueprint in (
    *accounts.blueprints,
    admin.routes,
    availability.routes,
    bookings.routes,
    calendar_feeds.routes,
    config.routes,
    drafts.routes,
    due.routes,
    health.routes,
    mail.routes,
    mentors.routes,
    offerings.routes,
    openapi.routes,
    payees_worker.routes,
    payout_worker.routes,
    payments.routes,
    reactions.routes,
    realtime.routes,
    requests.routes,
    rooms.routes,
    sessions.routes,
    settlement.routes,
    topics.routes,
    uploads.routes,
    waitlists.routes,
    webhooks.routes,
):
    app.register_blueprint(blueprint)

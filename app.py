"""PeerLearn's Chalice app: it registers the blueprints of functions/, and nothing else."""

from chalice.app import Chalice

from functions import (
    accounts,
    admin,
    bookings,
    config,
    due,
    health,
    mail,
    mentors,
    openapi,
    reactions,
    realtime,
    rooms,
    sessions,
    uploads,
)

app = Chalice("peerlearn", configure_logs=False)
app.experimental_feature_flags.update(["WEBSOCKETS"])
for blueprint in (
    *accounts.blueprints,
    admin.routes,
    bookings.routes,
    config.routes,
    due.routes,
    health.routes,
    mail.routes,
    mentors.routes,
    openapi.routes,
    reactions.routes,
    realtime.routes,
    rooms.routes,
    sessions.routes,
    uploads.routes,
):
    app.register_blueprint(blueprint)

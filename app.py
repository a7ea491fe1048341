"""PeerLearn's Chalice app: it registers the blueprints of functions/, and nothing else."""

from chalice.app import Chalice

from functions import accounts, bookings, health, openapi, sessions

app = Chalice("peerlearn", configure_logs=False)
app.experimental_feature_flags.update(["WEBSOCKETS"])
for blueprint in (*accounts.blueprints, bookings.routes, health.routes, openapi.routes, sessions.routes):
    app.register_blueprint(blueprint)

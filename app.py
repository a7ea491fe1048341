"""PeerLearn's Chalice app: it registers the blueprints of functions/, and nothing else."""

from chalice.app import Chalice

from functions import health

app = Chalice("peerlearn", configure_logs=False)
app.experimental_feature_flags.update(["WEBSOCKETS"])
for blueprint in (health.routes,):
    app.register_blueprint(blueprint)

"""What a person has to look at: one line in the log that an alarm watches, in words and ids only."""

from aws_lambda_powertools import Logger


class Alarms:
    """Speaks through the log that every function writes."""

    def parked(self, channel: str, notification: str) -> None:
        """Something that a person was to be told did not go out in eight tries."""
        Logger(use_rfc3339=True).error("notification parked", extra={"channel": channel, "notification": notification})

    def money(self, what: str, **ids: str) -> None:
        """Something about money that must not happen, or that only a person can mend."""
        Logger(use_rfc3339=True).error("money alarm", extra={"what": what} | ids)

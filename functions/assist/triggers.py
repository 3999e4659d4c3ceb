"""Features of images, made from a queue."""

import azure.functions as func

from functions.assist.asking import FeaturesMessage
from functions.background import giving_up, on_message
from functions.storage import FEATURES_QUEUE, storage

blueprint = func.Blueprint()


@on_message(blueprint, "make_features", FEATURES_QUEUE)
async def make_features(message: func.QueueMessage) -> None:
    """Makes the features that some packs of a project lack."""
    from functions.assist.lacking import give_up, make_lacking

    asked = FeaturesMessage.model_validate_json(message.get_body())
    async with giving_up(message, lambda: give_up(storage(), asked)):
        await make_lacking(storage(), asked)

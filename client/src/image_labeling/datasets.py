"""The datasets of the service: folders that have a name, and finished exports."""

from image_labeling import routes
from image_labeling.answers.datastores import Dataset, ExportedDataset
from image_labeling.connection import Connection
from image_labeling.listed import Listed
from image_labeling.spelling import body_of


class Datasets(Listed[Dataset | ExportedDataset]):
    """`for dataset in labeling.datasets`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_DATASETS)

    def create(self, name: str, datastore: str, prefix: str, *, description: str = "") -> Dataset:
        """Names a folder of a datastore."""
        body = body_of(name=name, datastore=datastore, prefix=prefix, description=description)
        return self._call(routes.CREATE_DATASET, body)

    def delete(self, name: str) -> None:
        """Forgets the name. The folder stays. Raises LabelingError where a project needs it."""
        self._call(routes.DELETE_DATASET, name=name)

"""The catalogue: DCAT-AP as JSON-LD, schema.org for search engines, CSVW for each CSV. All made from the registry."""

import json
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from donations.opendata.columns import Column, Dataset, Kind, Text
from donations.opendata.datasets import DATASETS
from donations.opendata.reading import LICENCE_URL, meta_columns, note, said
from regions.public_version import public_change

TITLE = _("Data terbuka KSBB Jakarta")
TEXT = _(
    "Kebutuhan, komitmen, alokasi, serah terima, statistik, dan wilayah Kolaborasi Sosial Berskala Besar di Jakarta."
)
PUBLISHER = _("Kolaborasi Sosial Berskala Besar, Provinsi DKI Jakarta")
LANGUAGES = {"id": "IND", "en": "ENG"}
HXL = "https://hxlstandard.org/standard/1-1final/tagging/"
AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}
FILE_TYPES = {"csv": "CSV", "json": "JSON", "geojson": "GEOJSON"}
DATATYPES: dict[Kind, Any] = {
    Kind.TEXT: "string", Kind.CODE: "string", Kind.LINK: "anyURI", Kind.INTEGER: "integer", Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean", Kind.DAY: "date", Kind.MOMENT: "dateTime", Kind.LIST: "json",
}  # fmt: skip
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "locn": "http://www.w3.org/ns/locn#",
}


def file_name(dataset: Dataset, kind: str) -> str:
    """The URL name of a dataset's file: needs_csv."""
    return f"{dataset.name.replace('-', '_')}_{kind}"


def changed_at(dataset: Dataset) -> datetime | None:
    """When its rows changed last, as far as is known."""
    return dataset.version()[1] if dataset.version else public_change(dataset.besides)


def dcat(root: str) -> dict[str, Any]:
    """The catalogue as DCAT-AP 3 in JSON-LD, with an inline context, so that nothing has to be fetched to read it."""
    here = f"{root}{reverse('catalogue')}"
    publisher = {"@id": f"{here}#publisher", "@type": "foaf:Organization", "foaf:name": _both(PUBLISHER)}
    datasets = [_dataset(root, here, dataset) for dataset in DATASETS.values()]
    service = {
        "@id": f"{here}#api",
        "@type": "dcat:DataService",
        "dct:title": "KSBB API v1",
        "dcat:endpointURL": _at(f"{root}{reverse('api_root')}"),
        "dcat:endpointDescription": _at(f"{root}{reverse('openapi_json')}"),
        "dcat:servesDataset": [_at(dataset["@id"]) for dataset in datasets],
        "dct:license": _at(LICENCE_URL),
    }
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _both(TITLE),
        "dct:description": _both(TEXT),
        "dct:publisher": publisher,
        "dct:license": _at(LICENCE_URL),
        "dct:language": [_at(f"{AUTHORITY}/language/{code}") for code in LANGUAGES.values()],
        "dct:modified": _moment(public_change()),
        "foaf:homepage": _at(f"{root}/id/data/"),
        "dcat:dataset": datasets,
        "dcat:service": service,
    }


def _dataset(root: str, here: str, dataset: Dataset) -> dict[str, Any]:
    sample = {"dct:accessRights": note()} if note() else {}
    return {
        "@id": f"{here}#{dataset.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        "dct:title": _both(dataset.title),
        "dct:description": _both(dataset.text),
        "dct:publisher": _at(f"{here}#publisher"),
        "dct:license": _at(LICENCE_URL),
        "dct:modified": _moment(changed_at(dataset)),
        "dct:accrualPeriodicity": _at(f"{AUTHORITY}/frequency/CONT"),
        "dct:spatial": {"@type": "dct:Location", "locn:geographicName": "DKI Jakarta"},
        "dcat:theme": _at(f"{AUTHORITY}/data-theme/SOCI"),
        "dcat:keyword": [value for keyword in dataset.keywords for value in _both(keyword)],
        "dcat:landingPage": _at(f"{root}/id/data/#{dataset.name}"),
        "dcat:contactPoint": {
            "@type": "vcard:Organization", "vcard:fn": "KSBB Jakarta", "vcard:hasURL": _at(f"{root}/id/tentang/"),
        },
        "dcat:distribution": [_distribution(root, here, dataset, kind) for kind in dataset.formats],
        **sample,
    }  # fmt: skip


def _distribution(root: str, here: str, dataset: Dataset, kind: str) -> dict[str, Any]:
    address = f"{root}{reverse(file_name(dataset, kind))}"
    found = {
        "@id": f"{here}#{dataset.name}-{kind}",
        "@type": "dcat:Distribution",
        "dct:title": f"{dataset.name}.{kind}",
        "dcat:accessURL": _at(address),
        "dcat:downloadURL": _at(address),
        "dcat:mediaType": _at(f"https://www.iana.org/assignments/media-types/{MEDIA[kind]}"),
        "dct:format": _at(f"{AUTHORITY}/file-type/{FILE_TYPES[kind]}"),
        "dct:license": _at(LICENCE_URL),
    }
    if kind == "csv":
        found["dct:conformsTo"] = _at("https://hxlstandard.org/standard/1-1final/")
        found["csvw:tableSchema"] = {
            "@type": "csvw:Schema",
            "csvw:column": {
                "@list": [_column(column) for column in (*dataset.columns, *meta_columns(dataset))]
            },
        }
    return found


def _column(column: Column) -> dict[str, Any]:
    return {
        "@type": "csvw:Column",
        "csvw:name": column.name,
        "csvw:datatype": DATATYPES[column.kind],
        "csvw:required": {"@type": "xsd:boolean", "@value": "false" if column.may_be_empty else "true"},
        "dct:description": _both(column.text),
    }


def schema_org(root: str) -> SafeString:
    """A DataCatalog for search engines, in the reader's language, as text that may stand in a script element."""
    found = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": str(TITLE),
        "description": str(TEXT),
        "url": f"{root}{reverse('open_data')}",
        "license": LICENCE_URL,
        "publisher": {"@type": "Organization", "name": str(PUBLISHER)},
        "dataset": [_of_search(root, dataset) for dataset in DATASETS.values()],
    }
    text = json.dumps(found, ensure_ascii=False)
    # What could end the element, or begin another, is written as JSON's own escape.
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S308


def _of_search(root: str, dataset: Dataset) -> dict[str, Any]:
    changed = changed_at(dataset)
    return {
        "@type": "Dataset",
        "name": f"{dataset.title} – KSBB Jakarta",
        "description": f"{dataset.text} {note()}".strip(),
        "url": f"{root}{reverse('open_data')}#{dataset.name}",
        "identifier": dataset.name,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": str(PUBLISHER)},
        "spatialCoverage": "DKI Jakarta",
        "keywords": [str(keyword) for keyword in dataset.keywords],
        **({"dateModified": said(changed)} if changed else {}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": str(column.text),
             **({"unitText": str(column.unit)} if column.unit else {})}
            for column in dataset.columns
        ],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": MEDIA[kind],
             "contentUrl": f"{root}{reverse(file_name(dataset, kind))}"}
            for kind in dataset.formats
        ],
    }  # fmt: skip


def csvw_metadata(dataset: Dataset, root: str) -> dict[str, Any]:
    """W3C CSVW metadata of the dataset's CSV without its row of HXL tags: readers of CSVW know one row of heads."""
    columns = (*dataset.columns, *meta_columns(dataset))
    schema: dict[str, Any] = {
        "columns": [
            {
                "name": column.name,
                "titles": column.name,
                HXL: column.hxl,
                "datatype": DATATYPES[column.kind],
                "required": not column.may_be_empty,
                "dc:description": _texts(column.text),
            }
            for column in columns
        ]
    }
    if dataset.key:
        schema["primaryKey"] = dataset.key
    changed = changed_at(dataset)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "id"}],
        "url": f"{root}{reverse(file_name(dataset, 'csv'))}?hxl=0",
        "dc:title": _texts(dataset.title),
        "dc:description": _texts(dataset.text),
        "dc:license": {"@id": LICENCE_URL},
        "dc:publisher": _texts(PUBLISHER),
        **({"dc:modified": {"@value": said(changed), "@type": "xsd:dateTime"}} if changed else {}),
        **({"notes": [note()]} if note() else {}),
        "dialect": {"headerRowCount": 1, "encoding": "utf-8", "lineTerminators": ["\n", "\r\n"]},
        "tableSchema": schema,
    }


def _both(text: Text) -> list[dict[str, str]]:
    """A text in both languages, as JSON-LD."""
    return [{"@language": item["@language"], "@value": item["@value"]} for item in _texts(text)]


def _texts(text: Text) -> list[dict[str, str]]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append({"@value": str(text), "@language": language})
    return found


def _at(address: str) -> dict[str, str]:
    return {"@id": address}


def _moment(moment: datetime | None) -> dict[str, str] | None:
    return {"@type": "xsd:dateTime", "@value": said(moment)} if moment else None

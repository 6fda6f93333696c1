"""Words of others that the catalogue is written in: namespaces, and the lists that DCAT-AP wants codes to come from.

A list of codes is its labels (zh, en), and what its IRIs start with. The English labels are those of the lists; of the
Chinese ones the lists have none.
"""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Namespace

from ontology import NAMESPACE

__all__ = [
    "AVAILABILITIES",
    "DCATAP",
    "FORMATS",
    "FREQUENCIES",
    "GZIP",
    "LANGUAGES",
    "LICENCES",
    "LICENCE_TYPES",
    "MEDIA_TYPE",
    "PLACES",
    "PREFIXES",
    "PUBLISHERS",
    "SPDX",
    "TARGETS",
    "THEMES",
    "VCARD",
    "Codes",
]

# rdflib knows these not, or (DCAT-AP) not as a vocabulary; the test holds what is used of them against their documents
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": str(DCATAP),
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": str(SPDX),
    "time": "http://www.w3.org/2006/time#",
    "un": NAMESPACE,
    "vcard": str(VCARD),
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Codes = tuple[Mapping[str, tuple[str, str]], str]

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"

THEMES: Codes = (
    {
        "AGRI": ("农业、渔业、林业和食品", "Agriculture, fisheries, forestry and food"),
        "ECON": ("经济与金融", "Economy and finance"),
        "EDUC": ("教育、文化和体育", "Education, culture and sport"),
        "ENER": ("能源", "Energy"),
        "ENVI": ("环境", "Environment"),
        "GOVE": ("政府与公共部门", "Government and public sector"),
        "HEAL": ("健康", "Health"),
        "INTR": ("国际事务", "International issues"),
        "JUST": ("司法、法制与公共安全", "Justice, legal system and public safety"),
        "REGI": ("地区与城市", "Regions and cities"),
        "SOCI": ("人口与社会", "Population and society"),
        "TECH": ("科学技术", "Science and technology"),
        "TRAN": ("交通运输", "Transport"),
    },
    _EU + "data-theme/",
)
FREQUENCIES: Codes = (
    {
        "ANNUAL": ("每年", "annual"),
        "ANNUAL_2": ("每年两次", "semiannual"),
        "ANNUAL_3": ("每年三次", "three times a year"),
        "BIENNIAL": ("每两年", "biennial"),
        "BIMONTHLY": ("每两月", "bimonthly"),
        "BIWEEKLY": ("每两周", "biweekly"),
        "CONT": ("连续", "continuous"),
        "DAILY": ("每日", "daily"),
        "DAILY_2": ("每日两次", "twice a day"),
        "IRREG": ("不定期", "irregular"),
        "MONTHLY": ("每月", "monthly"),
        "MONTHLY_2": ("每月两次", "semimonthly"),
        "MONTHLY_3": ("每月三次", "three times a month"),
        "NEVER": ("不再更新", "never"),
        "OTHER": ("其他", "other"),
        "QUARTERLY": ("每季度", "quarterly"),
        "TRIENNIAL": ("每三年", "triennial"),
        "UNKNOWN": ("未知", "unknown"),
        "UPDATE_CONT": ("持续更新", "continuously updated"),
        "WEEKLY": ("每周", "weekly"),
        "WEEKLY_2": ("每周两次", "semiweekly"),
        "WEEKLY_3": ("每周三次", "three times a week"),
    },
    _EU + "frequency/",
)
AVAILABILITIES: Codes = (
    {
        "AVAILABLE": ("中期可用", "available"),
        "EXPERIMENTAL": ("试验性", "experimental"),
        "STABLE": ("长期可用", "stable"),
        "TEMPORARY": ("暂时可用", "temporary"),
    },
    _EU + "planned-availability/",
)
LANGUAGES: Codes = ({"ENG": ("英语", "English"), "ZHO": ("中文", "Chinese")}, _EU + "language/")
PLACES: Codes = ({"CHN": ("中国", "China")}, _EU + "country/")
PUBLISHERS: Codes = (
    {
        "Academia-ScientificOrganisation": ("学术科研机构", "Academia/Scientific organisation"),
        "Company": ("企业", "Company"),
        "IndustryConsortium": ("行业联合体", "Industry consortium"),
        "LocalAuthority": ("地方机关", "Local Authority"),
        "NationalAuthority": ("国家机关", "National authority"),
        "NonGovernmentalOrganisation": ("非政府组织", "Non-Governmental Organisation"),
        "NonProfitOrganisation": ("非营利组织", "Non-Profit Organisation"),
        "PrivateIndividual(s)": ("个人", "Private Individual(s)"),
        "RegionalAuthority": ("地区机关", "Regional authority"),
        "StandardisationBody": ("标准化机构", "Standardisation body"),
        "SupraNationalAuthority": ("超国家机关", "Supra-national authority"),
    },
    _ADMS + "publishertype/",
)
LICENCE_TYPES: Codes = (
    {
        "Attribution": ("署名", "Attribution"),
        "PublicDomain": ("公有领域", "Public domain"),
        "UnknownIPR": ("权利状况未说明", "Unknown IPR"),
        "ViralEffect-ShareAlike": ("以相同方式共享", "Viral effect (a.k.a. Share-alike)"),
    },
    _ADMS + "licencetype/",
)

# licences we can name: title, code of its type
LICENCES: Mapping[str, tuple[str, str]] = {
    "https://creativecommons.org/licenses/by/4.0/": ("Creative Commons Attribution 4.0 International", "Attribution"),
    "https://creativecommons.org/licenses/by-sa/4.0/": (
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "ViralEffect-ShareAlike",
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": ("CC0 1.0 Universal", "PublicDomain"),
    "https://opendatacommons.org/licenses/by/1-0/": ("Open Data Commons Attribution License 1.0", "Attribution"),
    "https://opendatacommons.org/licenses/odbl/1-0/": (
        "Open Data Commons Open Database License 1.0",
        "ViralEffect-ShareAlike",
    ),
    "https://opendatacommons.org/licenses/pddl/1-0/": (
        "Open Data Commons Public Domain Dedication and License 1.0",
        "PublicDomain",
    ),
    "https://www.apache.org/licenses/LICENSE-2.0": ("Apache License 2.0", "Attribution"),
}

MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
GZIP = MEDIA_TYPE + "application/gzip"
# exporter -> its name, media type, IRI of the EU's list of file types, IRI of the W3C's list of formats
FORMATS: Mapping[str, tuple[str, str, str, str]] = {
    name: (label, MEDIA_TYPE + media, f"{_EU}file-type/{code}", "http://www.w3.org/ns/formats/" + form)
    for name, label, media, code, form in (
        ("turtle", "Turtle", "text/turtle", "RDF_TURTLE", "Turtle"),
        ("ntriples", "N-Triples", "application/n-triples", "RDF_N_TRIPLES", "N-Triples"),
        ("trig", "TriG", "application/trig", "RDF_TRIG", "TriG"),
        ("nquads", "N-Quads", "application/n-quads", "RDF_N_QUADS", "N-Quads"),
        ("jsonld", "JSON-LD", "application/ld+json", "JSON_LD", "JSON-LD"),
        ("rdfxml", "RDF/XML", "application/rdf+xml", "RDF_XML", "RDF_XML"),
    )
}

# other datasets we can name: what their IRIs start with -> home page, title
TARGETS: Mapping[str, tuple[str, str]] = {
    "http://www.wikidata.org/entity/": ("https://www.wikidata.org/", "Wikidata"),
}

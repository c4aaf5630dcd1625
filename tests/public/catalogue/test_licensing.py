"""Under which licence a text is, and what may not be passed on."""

import pytest

from apps.public.catalogue.licensing import licence_rules, parse_licence
from papersite.settings.environment import configuration
from papersite.settings.values import licences_from


@pytest.mark.parametrize(
    ("words", "spdx", "url"),
    [
        ("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("cc by-sa 4.0", "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("Apache-2.0", "Apache-2.0", "https://spdx.org/licenses/Apache-2.0.html"),
        ("", "NOASSERTION", ""),
        ("no", "NONE", ""),
        ("Our own terms", "LicenseRef-Our-own-terms", ""),
        ("Our terms https://x.example/t", "LicenseRef-Our-terms", "https://x.example/t"),
        ("LicenseRef-X https://x.example/", "LicenseRef-X", "https://x.example/"),
    ],
)
def test_a_licence_is_recognised_by_any_of_its_names(words, spdx, url):
    licence = parse_licence(words)
    assert (licence.spdx, licence.url) == (spdx, url)


def test_engines_and_their_models_have_licences_by_configuration(settings):
    settings.ENGINE_LICENCES = licences_from(
        ["openai=LicenseRef-Terms https://x.example/?a=1", "openai:qwen2.5:7b=Apache-2.0"]
    )
    rules = licence_rules()
    found = [(rule.engine, rule.model, rule.licence.spdx) for rule in rules.engines]
    assert found == [("openai", "qwen2.5:7b", "Apache-2.0"), ("openai", "", "LicenseRef-Terms")]
    assert rules.address_of("LicenseRef-Terms") == "https://x.example/?a=1"


@pytest.mark.parametrize("pair", ["bergamot", "=CC0-1.0", "bergamot="])
def test_a_setting_without_a_licence_is_refused(pair):
    with pytest.raises(ValueError, match="Write engine=LICENCE"):
        licences_from([pair])
    (problem,) = configuration({"ENGINE_LICENCES": pair}).problems
    assert "ENGINE_LICENCES" in problem


def test_withheld_licences_are_known_in_any_spelling(settings):
    settings.UNSHARED_LICENCES = ["All Rights Reserved"]
    rules = licence_rules()
    assert not rules.may_pass_on("ALL RIGHTS RESERVED")
    assert not rules.may_pass_on("NONE")
    assert rules.may_pass_on("CC0-1.0")

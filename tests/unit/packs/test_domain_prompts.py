"""The prompts that are at hand in the window."""

import re
from collections import Counter

import pytest

from large_enough.domain.prompt import Prompt
from large_enough.packs.prompt_file import domain_prompts, sample_prompts
from large_enough.resources.locate import asset_path

DOMAINS = [
    "Retail banking",
    "Telecom",
    "Insurance",
    "Clinic desk",
    "Contracts",
    "Customer support",
    "School",
    "Code",
]
PROMPTS_PER_DOMAIN = 5
MOST_WORDS = 300
MOST_CHIP_CHARACTERS = 18
PROMPTS = domain_prompts()
REAL_NAMES = (  # the likeliest ones to slip in; everything in the prompts is made up
    *("Allianz", "Amazon", "Android", "Apple", "AXA", "Barclays", "Bosch", "Citibank", "Deutsche"),
    *("eBay", "Ericsson", "Facebook", "Fritz", "GitHub", "Google", "HSBC", "IBM", "ING", "iPhone"),
    *("Lufthansa", "Mastercard", "Microsoft", "Netflix", "Nokia", "O2", "OpenAI", "Orange"),
    *("PayPal", "Philips", "Qwen", "Ryanair", "Samsung", "Santander", "Siemens", "Sony", "SWIFT"),
    *("Telefonica", "T-Mobile", "Verizon", "Visa", "Vodafone", "WhatsApp", "Windows", "Zurich"),
)

each_prompt = pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.id)


def test_eight_domains_have_five_prompts_each_and_stand_together() -> None:
    assert [prompt.domain for prompt in PROMPTS[::PROMPTS_PER_DOMAIN]] == DOMAINS
    assert Counter(prompt.domain for prompt in PROMPTS) == dict.fromkeys(
        DOMAINS, PROMPTS_PER_DOMAIN
    )


def test_chips_are_short() -> None:
    assert max(len(domain) for domain in DOMAINS) <= MOST_CHIP_CHARACTERS


def test_ids_and_texts_occur_once_also_among_the_samples() -> None:
    prompts = (*PROMPTS, *sample_prompts())
    assert len({prompt.id for prompt in prompts}) == len(prompts)
    assert len({prompt.text for prompt in prompts}) == len(prompts)


def test_ids_begin_with_their_domain() -> None:
    beginnings = {(prompt.domain, prompt.id.partition("-")[0]) for prompt in PROMPTS}
    assert len(beginnings) == len(DOMAINS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", prompt.id) for prompt in PROMPTS)


@each_prompt
def test_a_prompt_is_no_longer_than_a_slow_laptop_can_bear(prompt: Prompt) -> None:
    assert 30 < len(prompt.text.split()) <= MOST_WORDS
    assert prompt.text == prompt.text.strip()
    assert "\t" not in prompt.text
    assert not prompt.system


@each_prompt
def test_a_prompt_says_what_form_the_answer_is_to_have(prompt: Prompt) -> None:
    form = r"sentences?|lines?|table|list|words?|return line|code only|date only|label|show the"
    assert re.search(form, prompt.text, re.IGNORECASE)


@each_prompt
def test_no_real_company_is_named(prompt: Prompt) -> None:
    words = set(re.findall(r"[\w-]+", prompt.text))
    assert words.isdisjoint(REAL_NAMES)


def test_a_right_answer_stands_above_each_prompt() -> None:
    text = asset_path("prompts", "domains.toml").read_text(encoding="utf-8")
    answered = re.findall(
        r'^# Right\b.+\n(?:#.*\n)*\[\[prompt\]\]\nid = "(.+)"$', text, re.MULTILINE
    )
    assert answered == [prompt.id for prompt in PROMPTS]


def test_some_answers_cannot_be_known() -> None:
    text = asset_path("prompts", "domains.toml").read_text(encoding="utf-8")
    comments = text.split("[[prompt]]")[:-1]
    unknown = {
        prompt.domain
        for prompt, before in zip(PROMPTS, comments, strict=True)
        if re.search(r"not told|not given|does not tell|cannot be", before.rpartition("# Right")[2])
    }
    pairs = zip(DOMAINS[::2], DOMAINS[1::2], strict=True)
    assert all(unknown.intersection(pair) for pair in pairs)

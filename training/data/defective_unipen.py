"""UNIPEN's recordings that are not what their label says, each with its reason.

Near the end of each writer's file of laboratory ibm every character has one stroke; the others are lost. What
is left is named only where it cannot be read as its label: a 0 without its slash is a 0, and so not named.
Laboratory ced has a few wrong labels.

One reader read 1,320 digits without their labels: all of ibm, those of other laboratories that the model
which shipped then misread or read with less than 0.6, and some at random. Where the label did not come to
mind even as a second possibility, the digit was read again among others, and then looked at beside what its
writer wrote else. A digit in an unusual or careless hand is not named.

Files and components are those of the copy with neutral names of writers. The publisher's own copy has other
names, so none of its recordings is found here.
"""

_NAMED: dict[tuple[str, str], str] = {
    ("0", "Only the slash of the 0 is left."): """
        1a/ibm/ibm02-001.dat#51 1a/ibm/ibm05-001.dat#80 1a/ibm/ibm07-001.dat#80 1a/ibm/ibm08-001.dat#100
        1a/ibm/ibm10-001.dat#93 1a/ibm/ibm11-001.dat#92 1a/ibm/ibm12-001.dat#123""",
    ("0", "The right half of the 0 is missing."): "1a/ced/ced25-001.dat#23",
    ("1", "Only the foot of the 1 is left."): """
        1a/ibm/ibm01-001.dat#40 1a/ibm/ibm02-001.dat#46 1a/ibm/ibm03-001.dat#58 1a/ibm/ibm05-001.dat#85
        1a/ibm/ibm06-001.dat#98 1a/ibm/ibm06-001.dat#104 1a/ibm/ibm07-001.dat#84 1a/ibm/ibm08-001.dat#102
        1a/ibm/ibm08-001.dat#108 1a/ibm/ibm11-001.dat#101 1a/ibm/ibm12-001.dat#132""",
    ("2", "It is a closing parenthesis."): "1a/ced/ced03-001.dat#45",
    ("4", "The stem of the 4 is missing."): """
        1a/ibm/ibm01-001.dat#44 1a/ibm/ibm03-001.dat#64 1a/ibm/ibm04-001.dat#45 1a/ibm/ibm04-001.dat#52
        1a/ibm/ibm05-001.dat#86 1a/ibm/ibm07-001.dat#82""",
    ("4", "Only one straight line of the 4 is left."): """
        1a/ibm/ibm01-001.dat#45 1a/ibm/ibm02-001.dat#53 1a/ibm/ibm02-001.dat#54 1a/ibm/ibm02-001.dat#55
        1a/ibm/ibm02-001.dat#56 1a/ibm/ibm03-001.dat#65 1a/ibm/ibm04-001.dat#46 1a/ibm/ibm04-001.dat#53
        1a/ibm/ibm05-001.dat#87 1a/ibm/ibm06-001.dat#96 1a/ibm/ibm06-001.dat#101 1a/ibm/ibm06-001.dat#102
        1a/ibm/ibm06-001.dat#103 1a/ibm/ibm08-001.dat#105 1a/ibm/ibm10-001.dat#95 1a/ibm/ibm11-001.dat#96
        1a/ibm/ibm12-001.dat#128""",
    ("6", "It is a dot."): "1a/ibm/ibm06-001.dat#95",
    ("7", "An equals sign stands beside the 7."): "1a/ced/ced01-001.dat#13-16",
    ("8", "Only one of the two circles of the 8 is left."): """
        1a/ibm/ibm02-001.dat#43 1a/ibm/ibm02-001.dat#47 1a/ibm/ibm02-001.dat#48 1a/ibm/ibm06-001.dat#109
        1a/ibm/ibm12-001.dat#125 1a/ibm/ibm12-001.dat#126""",
    ("8", "Both circles of the 8 are missing."): "1a/ibm/ibm02-001.dat#49",
    ("8", "It is a percent sign."): "1a/ced/ced03-001.dat#42-44",
    ("(", "It is an 8."): "1d/ced/ced03-001.dat#317",
    ("%", "It is a 2."): "1d/ced/ced03-001.dat#318",
}
DEFECTIVE_UNIPEN: dict[tuple[str, str], str] = {
    (f"data/{place}", label): why for (label, why), places in _NAMED.items() for place in places.split()
}  # why of each source and label


def why_defective(source: str, label: str) -> str | None:
    """Say in one sentence why the recording is not what its label says; None if it is not named.

    `source` is a Character's. The label must match too: another distribution has others at these places.
    """
    return DEFECTIVE_UNIPEN.get((source, label))

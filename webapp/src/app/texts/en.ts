/** All that the page says, in English. One voice: short, calm, to a person. */
export const en = {
  page: {
    ready: 'Ready to read.',
    reading: 'Reading',
    copy: 'Copy the number',
    copied: 'Copied.',
    notCopied: 'This browser does not let me copy. Select the number instead.',
    correct: 'Not right?',
    menu: 'Menu',
    sheet: 'Sheet',
    digits: 'Digits on the sheet',
    hint: 'Write a digit or a number. Or drop, paste or take a picture.',
    undo: 'Undo',
    redo: 'Redo',
    clear: 'Clear',
    cleared: 'Cleared.',
    pictures: 'Pictures',
    upload: 'Read pictures',
    camera: 'Take a photo',
    chart: 'How likely each digit is',
    howItWasRead: 'How it was read',
    close: 'Close',
    networkView: 'The digit as the network sees it, 28 by 28 pixels',
    networkSees: 'What the network sees: the ink, centred, 28 by 28 pixels.',
    retry: 'Try again',
    newer: 'A newer version is ready.',
    useNewer: 'Use it',
    readAgain: 'Read again',
    language: 'Language',
    about: 'About Digitpad',
    sure: 'Sure',
    surePercent: (percent: string) => `${percent} sure`,
    unsure: 'Not sure',
    asYouSaid: 'As you said',
    bar: (digit: number, percent: string) => `${digit}: ${percent}`,
    either: (one: number, other: number) => `${one} or ${other}?`,
    perhaps: (digit: number) => `Perhaps ${digit}?`,
    noDigit: 'That doesn’t look like a digit to me.',
    label: (name: string, place: number, count: number) =>
      count === 1 ? `${name}. Correct it` : `${name}, digit ${place} of ${count}. Correct it`,
    isIt: (digit: number) => `It is ${digit}`,
    unknown: 'unknown',
    removed: (name: string) => `${name} removed.`,
    pad: 'Sheet: write a digit or a number',
  },
  loading: {},
  teaching: {
    learnt: (count: number) => `Learnt from you (${count})`,
    question: 'What is it?',
    close: 'Close',
    itIs: (digit: number, isRead: boolean) => `It is ${a(digit)}${isRead ? ', as I read it' : ''}`,
    notADigit: 'Not a digit',
    deleteIt: 'Delete it',
    picture: (readAs: number | null) => (readAs === null ? 'The digit, which I could not read' : `Read as ${readAs}`),
    gotIt: (label: number | null) =>
      label === null
        ? 'Got it: not a digit. I’ll leave such marks alone.'
        : `Got it: ${a(label)}. I’ll look out for yours.`,
    confirmed: (label: number | null) =>
      label === null
        ? 'Not a digit, as I thought. That helps me, too.'
        : `${A(label)}, as I thought. That helps me, too.`,
    setAside: (label: number | null) =>
      `Got it: ${label === null ? 'not a digit' : a(label)}. I’ll use it when I read with what I learnt.`,
    onlyNow: 'I can remember it until you leave.',
    notLearnt: 'It is kept, but I couldn’t learn from it. Load the page again.',
    notHere: 'What I need to learn did not come. Try again once you are online.',
    title: 'Learnt from you',
    nothing: 'Nothing yet. When I misread a digit, tell me what it is, and I’ll learn how you write it.',
    count: (count: number) =>
      `You have shown me ${counted(count, 'example')}. ${count === 1 ? 'It stays' : 'They stay'} on this device.`,
    whyNotKept: {
      refused: 'This browser keeps nothing for this page, so I can remember only until you leave.',
      full: 'This device is full, so I can remember only until you leave. Free some room.',
      outdated: 'A newer version of me runs in another tab. Load this page again, so that I can remember.',
      older: 'A newer version of me has kept what you taught. Load the page again; until then I can’t remember.',
    },
    before: 'As I came',
    after: 'Now',
    rightOf: (right: number, all: number) => `${right} of ${all}`,
    compared: 'Your examples that I read right. I tried each as if you had not shown me that one.',
    readWith: 'Read with',
    mine: 'all I have learnt',
    original: 'what I came with',
    examplesOf: (label: number | null) => (label === null ? 'No digit' : `Your ${label}`),
    noDigit: 'no digit',
    forgetOne: (label: number | null) => `Forget this ${label ?? 'mark'}`,
    more: (count: number) => `${count} more`,
    exportAll: 'Export',
    importAll: 'Import',
    forgetAll: 'Forget all',
    forgetAllOf: (count: number) => (count === 1 ? 'Forget the only example?' : `Forget all ${count} examples?`),
    forget: 'Forget',
    keep: 'Keep',
    forgotten: 'Forgotten.',
    allForgotten: 'All forgotten: I read as I came.',
    exported: (count: number) => `Saved ${counted(count, 'example')} as a file.`,
    imported: (added: number, had: number) =>
      `Added ${counted(added, 'example')}${had > 0 ? `; I had ${had} already` : ''}.`,
    refused: {
      'too large': 'This file is too large for one of mine. Choose one that I exported.',
      'not text': 'This is not a file of mine. Choose one that I exported.',
      foreign: 'This is not a file of mine. Choose one that I exported.',
      newer: 'A newer version of me wrote this file. Update me first.',
      'too many': 'That is more than I can remember: 10,000 examples. Forget some first.',
      'cut short': 'This file was cut short. Export it again.',
      empty: 'This file holds no examples.',
      damaged: 'This file is damaged. Export it again.',
    },
    unreadable: 'I can’t read this file. Choose it again.',
    undo: 'Undo',
  },
  pictures: {},
};

/** "a 7", "an 8". */
function a(digit: number): string {
  return `${digit === 8 ? 'an' : 'a'} ${digit}`;
}

function A(digit: number): string {
  return `A${a(digit).slice(1)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** What the page says about correcting and learning, in English. */
export const en = {
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

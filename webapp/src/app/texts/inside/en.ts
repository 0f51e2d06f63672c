/** What the look inside and the About panel say, in English. */
export const en = {
  failed: "I can't look inside just now. I'll try again with your next stroke.",
  ink: {
    title: 'What the network sees',
    sentences: 'Your digit, moved to the middle and shrunk to 28 × 28 squares. The network gets nothing but this.',
  },
  decides: {
    title: 'What decides',
    sentences:
      'I cover one spot of ink after the other and read again. What I miss most is what tells the digit from others.',
    speaksFor: 'speaks for it',
    neither: 'makes no difference',
    speaksAgainst: 'speaks against it',
    ask: 'What speaks for a …',
    about: (digit: number) => `What speaks for ${a(digit)}`,
    mostFor: (digit: number, place: string) => `The ink ${place} speaks most for ${a(digit)}`,
    mostAgainst: (digit: number, place: string) => `The ink ${place} speaks against ${a(digit)}`,
    places: [
      'at the top left',
      'at the top',
      'at the top right',
      'at the left',
      'in the middle',
      'at the right',
      'at the bottom left',
      'at the bottom',
      'at the bottom right',
    ],
  },
  weak: 'not at all',
  strong: 'strongly',
  maps: (count: number, width: number, height: number) => `${count} pictures of ${width} × ${height}`,
  stages: {
    edges: (count: number, _squares: number) => ({
      title: 'Edges',
      sentences: `${count} small filters slide over the drawing; each lights up where it finds its own pattern, such as a slanting edge. Every digit is made of such edges, so the network looks for them first.`,
    }),
    lines: (count: number, _squares: number) => ({
      title: 'Lines',
      sentences: `${count} more filters look at all the pictures above together. They make strokes, corners and ends of lines out of edges.`,
    }),
    smaller: (_count: number, _squares: number) => ({
      title: 'Smaller',
      sentences:
        'Of each four squares only the strongest stays. So it matters less where exactly you drew something, and there is less to compute.',
    }),
    parts: (count: number, _squares: number) => ({
      title: 'Parts',
      sentences: `${count} filters find parts of digits: a bend, a crossing, half a loop. Each of them sees a larger piece of your drawing than those before.`,
    }),
    largerParts: (_count: number, _squares: number) => ({
      title: 'Larger parts',
      sentences:
        'The pictures get smaller and stand for more: a whole loop, a long stroke with its corner. They look less and less like your drawing, because what counts now is what is there.',
    }),
    places: (_count: number, squares: number) => ({
      title: 'What is where',
      sentences: `Only ${squares} squares are left of each picture; they say roughly where each part is. That tells digits apart: a 9 has its loop at the top, a 6 at the bottom.`,
    }),
  },
  summary: (count: number) => ({
    title: 'Summary',
    sentences: `These ${count} numbers sum up all the pictures above. When you teach me, I change only how I judge them.`,
  }),
  answer: (count: number) => ({
    title: 'Answer',
    sentences: `Out of ${count} numbers come ten probabilities, one for each digit. If none is high enough, I say that I am not sure.`,
  }),
  about: {
    title: 'About Digitpad',
    close: 'Close',
    privacy: 'What you draw stays on your device: I read it here, and send it nowhere.',
    reads: 'How well I read',
    readsNote: 'One square is one digit by people whose hand I had never seen. Coloured: misread.',
    ofThousand: (wrong: string) => `${wrong} of 1,000 misread`,
    sets: {
      mnist: 'Scanned from paper',
      pendigits: 'Written with a pen',
      unipen: 'With many pens and tablets',
    },
    refuses: 'What is no digit',
    refusesNote: 'I also know when not to answer. Coloured: taken for a digit.',
    taken: (wrong: string) => `${wrong} of 1,000 taken for a digit`,
    others: { characters: 'Letters and signs', nondigits: 'Shapes and scribbles' },
    cannot: 'What I can’t do',
    limits: [
      'I read digits only: no letters, no signs, no decimal points.',
      'I read the digits 0 to 9 as they are written in Europe and the Americas, not those of other scripts.',
      'Digits that run into each other deeply, and rare ways of writing, I often misread. Teach me yours.',
      'Look twice where a mistake would cost something.',
    ],
    learntFrom: 'What I learnt from',
    images: (count: string) => `${count} images`,
    network: 'The network',
    version: 'Version',
    parameters: 'Numbers that it learnt',
    size: 'Size',
    kilobytes: (count: string) => `${count} KB`,
    threshold: 'I answer above',
    training: 'Learnt in',
    minutes: (minutes: string, cores: string) => `${minutes} minutes, on ${cores} processor cores`,
    licence: 'By the Digitpad authors, under the MIT licence. You may use it, change it and pass it on.',
  },
};

function a(digit: number): string {
  return digit === 8 ? 'an 8' : `a ${digit}`;
}

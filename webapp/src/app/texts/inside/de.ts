import type { InsideTexts } from './insideText';

/** What the look inside and the About panel say, in German. */
export const de: InsideTexts = {
  failed: 'Ich kann gerade nicht hineinsehen. Beim nächsten Strich versuche ich es wieder.',
  ink: {
    title: 'Was das Netz sieht',
    sentences: 'Deine Ziffer, in die Mitte gerückt und auf 28 × 28 Kästchen verkleinert. Mehr bekommt das Netz nicht.',
  },
  decides: {
    title: 'Was entscheidet',
    sentences:
      'Ich decke einen Tintenfleck nach dem anderen ab und lese neu. Was mir am meisten fehlt, unterscheidet die Ziffer von anderen.',
    speaksFor: 'spricht dafür',
    neither: 'macht nichts aus',
    speaksAgainst: 'spricht dagegen',
    ask: 'Was spricht für eine …',
    about: (digit) => `Was spricht für eine ${digit}`,
    mostFor: (digit, place) => `Die Tinte ${place} spricht am meisten für eine ${digit}`,
    mostAgainst: (digit, place) => `Die Tinte ${place} spricht gegen eine ${digit}`,
    places: [
      'oben links',
      'oben',
      'oben rechts',
      'links',
      'in der Mitte',
      'rechts',
      'unten links',
      'unten',
      'unten rechts',
    ],
  },
  weak: 'gar nicht',
  strong: 'stark',
  maps: (count, width, height) => `${count} Bilder mit ${width} × ${height} Kästchen`,
  stages: {
    edges: (count) => ({
      title: 'Kanten',
      sentences: `${count} kleine Filter gleiten über die Zeichnung; jeder leuchtet dort auf, wo er sein Muster findet, etwa eine schräge Kante. Jede Ziffer besteht aus solchen Kanten, darum sucht das Netz sie zuerst.`,
    }),
    lines: (count) => ({
      title: 'Linien',
      sentences: `${count} weitere Filter sehen sich alle Bilder darüber gemeinsam an. Aus Kanten machen sie Striche, Ecken und Strichenden.`,
    }),
    smaller: () => ({
      title: 'Kleiner',
      sentences:
        'Von je vier Kästchen bleibt nur das stärkste. So kommt es weniger darauf an, wo genau du etwas gezeichnet hast, und es gibt weniger zu rechnen.',
    }),
    parts: (count) => ({
      title: 'Teile',
      sentences: `${count} Filter finden Teile von Ziffern: einen Bogen, eine Kreuzung, eine halbe Schleife. Jeder sieht ein größeres Stück deiner Zeichnung als die davor.`,
    }),
    largerParts: () => ({
      title: 'Größere Teile',
      sentences:
        'Die Bilder werden kleiner und stehen für mehr: eine ganze Schleife, einen langen Strich mit seiner Ecke. Deiner Zeichnung gleichen sie immer weniger, denn jetzt zählt, was da ist.',
    }),
    places: (_count, squares) => ({
      title: 'Was wo ist',
      sentences: `Von jedem Bild sind nur ${squares} Kästchen übrig; sie sagen ungefähr, wo jedes Teil liegt. Das unterscheidet Ziffern: Die 9 hat ihre Schleife oben, die 6 unten.`,
    }),
  },
  summary: (count) => ({
    title: 'Zusammenfassung',
    sentences: `Diese ${count} Zahlen fassen alle Bilder darüber zusammen. Wenn du mir etwas beibringst, ändere ich nur, wie ich sie bewerte.`,
  }),
  answer: (count) => ({
    title: 'Antwort',
    sentences: `Aus ${count} Zahlen werden zehn Wahrscheinlichkeiten, eine für jede Ziffer. Ist keine hoch genug, sage ich, dass ich unsicher bin.`,
  }),
  about: {
    title: 'Über Digitpad',
    close: 'Schließen',
    privacy: 'Was du zeichnest, bleibt auf deinem Gerät: Ich lese es hier und schicke es nirgendwohin.',
    reads: 'Wie gut ich lese',
    readsNote:
      'Ein Kästchen ist eine Ziffer von Menschen, deren Schrift ich nie gesehen hatte. Farbig: falsch gelesen.',
    ofThousand: (wrong) => `${wrong} von 1.000 falsch gelesen`,
    sets: {
      mnist: 'Vom Papier gescannt',
      pendigits: 'Mit einem Stift geschrieben',
      unipen: 'Mit vielen Stiften und Tablets',
    },
    refuses: 'Was keine Ziffer ist',
    refusesNote: 'Ich merke auch, wann ich nicht antworten sollte. Farbig: für eine Ziffer gehalten.',
    taken: (wrong) => `${wrong} von 1.000 für eine Ziffer gehalten`,
    others: { characters: 'Buchstaben und Zeichen', nondigits: 'Formen und Gekritzel' },
    cannot: 'Was ich nicht kann',
    limits: [
      'Ich lese nur Ziffern: keine Buchstaben, keine Zeichen, kein Komma.',
      'Ich lese die Ziffern 0 bis 9, wie man sie in Europa und Amerika schreibt, nicht die anderer Schriften.',
      'Ziffern, die stark ineinanderlaufen, und seltene Schreibweisen lese ich oft falsch. Bring mir deine bei.',
      'Sieh zweimal hin, wo ein Fehler etwas kosten würde.',
    ],
    learntFrom: 'Woraus ich gelernt habe',
    images: (count) => `${count} Bilder`,
    network: 'Das Netz',
    version: 'Version',
    parameters: 'Gelernte Zahlen',
    size: 'Größe',
    kilobytes: (count) => `${count} KB`,
    threshold: 'Ich antworte ab',
    training: 'Gelernt in',
    minutes: (minutes, cores) => `${minutes} Minuten, auf ${cores} Prozessorkernen`,
    licence: 'Von den Digitpad-Autoren, unter der MIT-Lizenz. Du darfst es benutzen, ändern und weitergeben.',
  },
};

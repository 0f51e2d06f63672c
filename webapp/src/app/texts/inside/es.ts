import type { InsideTexts } from './insideText';

/** What the look inside and the About panel say, in Spanish. */
export const es: InsideTexts = {
  failed: 'Ahora no puedo mirar dentro. Lo intentaré de nuevo con tu próximo trazo.',
  ink: {
    title: 'Lo que ve la red',
    sentences: 'Tu cifra, centrada y reducida a 28 × 28 cuadritos. La red no recibe nada más.',
  },
  decides: {
    title: 'Lo que decide',
    sentences:
      'Tapo una mancha de tinta tras otra y vuelvo a leer. Lo que más echo de menos es lo que distingue la cifra de las demás.',
    speaksFor: 'habla a favor',
    neither: 'da igual',
    speaksAgainst: 'habla en contra',
    ask: 'Qué habla a favor de un …',
    about: (digit) => `Qué habla a favor de un ${digit}`,
    mostFor: (digit, place) => `La tinta ${place} es la que más habla a favor de un ${digit}`,
    mostAgainst: (digit, place) => `La tinta ${place} habla en contra de un ${digit}`,
    places: [
      'de arriba a la izquierda',
      'de arriba',
      'de arriba a la derecha',
      'de la izquierda',
      'del centro',
      'de la derecha',
      'de abajo a la izquierda',
      'de abajo',
      'de abajo a la derecha',
    ],
  },
  weak: 'nada',
  strong: 'mucho',
  maps: (count, width, height) => `${count} imágenes de ${width} × ${height}`,
  stages: {
    edges: (count) => ({
      title: 'Bordes',
      sentences: `${count} filtros pequeños recorren el dibujo; cada uno se enciende donde encuentra su patrón, por ejemplo un borde inclinado. Toda cifra está hecha de bordes así, por eso la red los busca primero.`,
    }),
    lines: (count) => ({
      title: 'Líneas',
      sentences: `Otros ${count} filtros miran juntas todas las imágenes de arriba. De los bordes sacan trazos, esquinas y finales de línea.`,
    }),
    smaller: () => ({
      title: 'Más pequeño',
      sentences:
        'De cada cuatro cuadritos solo queda el más fuerte. Así importa menos dónde dibujaste algo exactamente, y hay menos que calcular.',
    }),
    parts: (count) => ({
      title: 'Partes',
      sentences: `${count} filtros encuentran partes de cifras: una curva, un cruce, medio lazo. Cada uno ve un trozo de tu dibujo mayor que los anteriores.`,
    }),
    largerParts: () => ({
      title: 'Partes mayores',
      sentences:
        'Las imágenes se hacen más pequeñas y significan más: un lazo entero, un trazo largo con su esquina. Se parecen cada vez menos a tu dibujo, porque ahora cuenta qué hay.',
    }),
    places: (_count, squares) => ({
      title: 'Qué hay y dónde',
      sentences: `De cada imagen quedan solo ${squares} cuadritos; dicen más o menos dónde está cada parte. Eso distingue las cifras: el 9 tiene el lazo arriba, el 6 abajo.`,
    }),
  },
  summary: (count) => ({
    title: 'Resumen',
    sentences: `Estos ${count} números resumen todas las imágenes de arriba. Cuando me enseñas, solo cambio cómo los valoro.`,
  }),
  answer: (count) => ({
    title: 'Respuesta',
    sentences: `De ${count} números salen diez probabilidades, una por cifra. Si ninguna es bastante alta, digo que no estoy seguro.`,
  }),
  about: {
    title: 'Acerca de Digitpad',
    close: 'Cerrar',
    privacy: 'Lo que dibujas se queda en tu dispositivo: lo leo aquí y no lo envío a ninguna parte.',
    reads: 'Qué tal leo',
    readsNote: 'Un cuadrito es una cifra de personas cuya letra nunca había visto. En color: mal leída.',
    ofThousand: (wrong) => `${wrong} de 1.000 mal leídas`,
    sets: {
      mnist: 'Escaneadas del papel',
      pendigits: 'Escritas con un lápiz',
      unipen: 'Con muchos lápices y tabletas',
    },
    refuses: 'Lo que no es una cifra',
    refusesNote: 'También sé cuándo no contestar. En color: tomado por una cifra.',
    taken: (wrong) => `${wrong} de 1.000 tomados por una cifra`,
    others: { characters: 'Letras y signos', nondigits: 'Formas y garabatos' },
    cannot: 'Lo que no sé hacer',
    limits: [
      'Leo solo cifras: ni letras, ni signos, ni comas decimales.',
      'Leo las cifras del 0 al 9 como se escriben en Europa y América, no las de otras escrituras.',
      'Las cifras muy pegadas y las formas raras de escribir las leo mal a menudo. Enséñame las tuyas.',
      'Mira dos veces donde un error costaría algo.',
    ],
    learntFrom: 'De qué he aprendido',
    images: (count) => `${count} imágenes`,
    network: 'La red',
    version: 'Versión',
    parameters: 'Números aprendidos',
    size: 'Tamaño',
    kilobytes: (count) => `${count} KB`,
    threshold: 'Contesto a partir de',
    training: 'Aprendió en',
    minutes: (minutes, cores) => `${minutes} minutos, con ${cores} núcleos de procesador`,
    licence: 'De los autores de Digitpad, con licencia MIT. Puedes usarlo, cambiarlo y compartirlo.',
  },
};

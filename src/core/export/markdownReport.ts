import { tableHead, tableRow } from '../prose/markdownTable';
import type { Exporter } from './exporter';
import { nameOf } from './plainReport';
import type { ReportStrings } from './reportStrings';

/** A Markdown table; glosses and document text are escaped, as they may hold anything. */
export function createMarkdownReport(strings: ReportStrings): Exporter {
  const { columns } = strings;
  const number = (value: number | undefined): string => (value === undefined ? '' : strings.number(value));
  return {
    head: tableHead([
      { title: columns.place },
      { title: columns.word },
      { title: columns.partOfSpeech },
      { title: columns.sense },
      { title: columns.key },
      { title: columns.probability, isNumber: true },
      { title: columns.cosine, isNumber: true },
      { title: columns.runnerUp },
      { title: columns.runnerUpCosine, isNumber: true },
      { title: columns.margin, isNumber: true },
      { title: columns.doubt },
    ]),
    part: ({ annotations }) =>
      annotations
        .map((annotation) => {
          const { line, column, partOfSpeech, sense, cosine, margin, probability, doubt } = annotation;
          const { gloss, key } = sense;
          const second = annotation.candidates[1];
          return tableRow([
            `${line}:${column}`,
            nameOf(annotation),
            strings.partOfSpeech(partOfSpeech),
            gloss,
            key,
            number(probability),
            number(cosine),
            second ? second.sense.gloss : '',
            number(second?.cosine),
            number(margin),
            doubt ? strings.doubt(doubt) : '',
          ]);
        })
        .join(''),
    tail: () => '',
  };
}

interface Work {
  readonly text: string;
  readonly tonic: string;
  readonly mode: 'major' | 'minor';
}

/** Music by others, to compare with; each with its key in its name. */
export const works: readonly Work[] = [
  { text: 'Chopin’s Nocturne in E-flat major', tonic: 'Eb', mode: 'major' },
  { text: 'Chopin’s Waltz in A minor', tonic: 'A', mode: 'minor' },
  { text: 'Bach’s Toccata and Fugue in D minor', tonic: 'D', mode: 'minor' },
  { text: 'Bach’s Prelude in C major', tonic: 'C', mode: 'major' },
  { text: 'Mozart’s Requiem in D minor', tonic: 'D', mode: 'minor' },
  { text: 'Mozart’s Symphony No. 40 in G minor', tonic: 'G', mode: 'minor' },
  { text: 'Albinoni’s Adagio in G minor', tonic: 'G', mode: 'minor' },
  { text: 'Pachelbel’s Canon in D', tonic: 'D', mode: 'major' },
  { text: 'Rachmaninoff’s Prelude in C-sharp minor', tonic: 'C#', mode: 'minor' },
  { text: 'Schubert’s Impromptu in G-flat major', tonic: 'Gb', mode: 'major' },
  { text: 'the slow movement of Bruckner’s Seventh in E major', tonic: 'E', mode: 'major' },
  { text: 'Beethoven’s Fifth in C minor', tonic: 'C', mode: 'minor' },
  { text: 'Vivaldi’s Flute Concerto in F major', tonic: 'F', mode: 'major' },
  { text: 'Bach’s Cello Suite in G major', tonic: 'G', mode: 'major' },
  { text: 'Mendelssohn’s Violin Concerto in E minor', tonic: 'E', mode: 'minor' },
  { text: 'Haydn’s Trumpet Concerto in E-flat', tonic: 'Eb', mode: 'major' },
  { text: 'Liszt’s Piano Sonata in B minor', tonic: 'B', mode: 'minor' },
];

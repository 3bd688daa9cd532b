import { wordSet } from './word-set.ts';

/** Verbs that say something of their subject; where one follows "and", a new statement begins. */
export const VERBS = wordSet(`
  is are was were be been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t has have had having hasn't haven't does do did
  doesn't don't didn't doesn’t don’t didn’t will won't can can't cannot could couldn't would wouldn't should shouldn't may might must
  lasts runs plays sounds sits stays goes moves keeps features uses opens closes starts ends begins sings takes
  stands remains makes made gets got gives gave comes came went feels felt seems looks turns turned drops drifts
  flows unfolds carries carried builds rests lies lingers relies leans brings leads follows changes shifts modulates lends
  clocks spans hovers settles works suits fits serves needs wants calls asks adds draws dances waltzes marches swings rolls
  know knows knew think thinks thought say says said tell tells told hear hears heard love loves loved hate hates prefer
  prefers like likes liked enjoy find finds found see sees saw play played sent send gave shows showed called wrote
  writes written performed recorded compare compares compared reminds reminded recalls suggests means meant shout
  shouts whispers whisper smile smiles glows broods happens happened matters matter proves proved breathes trusts picks chooses
  chose set sets read reads marked ticks trots strolls ambles crawls races rushes drags hurries never waits avoids lacks holds
  held wears ditches swaps trades drives pulls pushes pulses beats hits weighs wraps fades grows rises falls swells
  repeats returns resolves wanders belongs dominates accompanies accompany joins supports wins speaks talks tends
  used seemed sounded moved lasted ran kept stayed featured sang became becomes wound winds leaves leave left strays stray departs abandons quits exceeds rises matters lets dares bothers tires loses`);

/** A person, or several, whose doings are not the piece's; the composer's and the players' are. */
export const PEOPLE = wordSet(`
  people everyone everybody someone somebody nobody anyone anybody friend friends teacher teachers student students pupil
  pupils kid kids child children wife husband partner son daughter mother father mom mum dad brother sister grandmother
  grandfather grandparents grandma grandpa neighbour neighbours neighbor neighbors uncle aunt cousin roommate girlfriend
  boyfriend critic critics reviewer reviewers fans listeners audience audiences commuters guests colleague colleagues
  composers musicians pianists guitarists players violinists drummers singers dancers artists bands beginners purists
  scholars producers djs guy guys folks boss cat dog producer engineer label classmates choirmaster tutor bandmate bandmates`);

/** Composers whose other works everybody knows. */
export const COMPOSERS = wordSet(`
  mozart beethoven chopin bach satie schubert schumann debussy ravel brahms liszt tchaikovsky rachmaninoff rachmaninov vivaldi
  handel haydn mahler mendelssohn grieg scriabin prokofiev shostakovich stravinsky gershwin joplin einaudi glass sakamoto hisaishi
  zimmer morricone verdi puccini wagner strauss dvorak dvořák bartok bartók sibelius elgar holst albinoni pachelbel scarlatti
  paganini fauré faure yiruma tiersen`);
/** Works of music that a sentence can be about. */
export const WORKS = wordSet(`
  piece song track tune composition work number waltz march minuet mazurka polka ballad concerto sonata symphony
  opera suite prelude nocturne etude étude serenade rhapsody fugue quartet trio anthem hymn lullaby sonatina requiem ballade
  polonaise scherzo variation toccata rondo tango bolero adagio rag gigue sarabande jig reel shanty score soundtrack album record
  single recording version`);
/** What stands for a work of music, or for anything else. */
export const PRONOUN_WORKS = wordSet('one ones those anything something melody theme');
export const MANY_WORKS = wordSet(`
  pieces songs tracks tunes compositions works numbers waltzes marches minuets mazurkas polkas ballads concertos concerti sonatas
  symphonies operas suites preludes nocturnes etudes études serenades rhapsodies fugues quartets trios anthems hymns lullabies
  ballades tangos rags scores soundtracks albums records recordings versions covers remixes arrangements hits classics`);
/** The piece itself, after "the" or "this". */
export const THIS_WORK = wordSet(`
  piece song track tune cue clip composition work music file midi recording performance arrangement whole entire tempo key
  meter metre mood texture instrumentation thing`);
/** Another work by its very name. */
export const OTHER_WORKS = wordSet(`
  original originals predecessor successor sequel sibling remake remix prototype draft demo forerunner
  namesake counterpart inspiration source debut hit encore opener closer flipside breakthrough remaster reissue bootleg medley prequel`);
/** What makes a version another one; this one is "this version". */
export const OTHER_KINDS = wordSet(`
  original orchestral vocal live studio acoustic electric choral symphonic band concert famous official extended radio album film movie
  single old older new newer early earlier late later first second guitar string strings piano violin organ brass club
  dance other jazz rock sung slow slower fast faster published usual standard`);
/** Before a work or a person: not this one. */
export const OTHERS = wordSet('other another earlier previous former latter preceding older last next others');
/** Before a work: of the kind, and nobody's in particular. */
export const QUANTIFIERS = wordSet('most many few some all any every each countless several such');

/** Words of comparison; what they compare with follows. */
export const COMPARISONS = wordSet(`
  sampled samples interpolates
  like unlike versus vs reminiscent reminds remind reminded recalls recall recalled recalling resembles resemble resembling
  resembled echoes echoing evokes evoke evoking evoked evocative imitates imitate imitating imitation imitations mimics mimic
  mimicking suggests suggestive suggesting conjures conjure conjuring channels channeling channelling compared comparing comparison
  comparisons comparable akin similar homage tribute pastiche parody parodies modelled modeled inspired derived
  quotes quoting borrowed borrows lifted adapted transcribed excerpted reworked disguised masquerading posing
  pretending pretends crossed instead replaces replacing replaced except descended outdoes outclasses rivals foreshadows anticipates alongside meets alternative modelling inspires`);
/** Nouns of comparison before these words: "the style of", "a nod to", "fans of". */
export const COMPARING_NOUNS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      [
        'style vein manner spirit tradition mould mold hint hints shade shades echo memory memories flavour flavor cousin cousins',
        'of to',
      ],
      ['fan fans lover lovers admirer admirers devotee devotees enthusiast enthusiasts', 'of'],
      ['cover covers remix version versions transcription rendition adaptation reduction reworking remake', 'of'],
      ['arrangement arrangements', 'of'],
      ['variation variations take twist riff', 'on'],
      ['nod nods answer companion sequel debt heir letter ode prelude reply response throwback', 'to'],
      [
        'air ghost idea impression illusion sense soul relative descendant opposite reminder reminders antithesis mirror inverse feel',
        'of',
      ],
      ['far cry departure', 'from'],
      ['relation relations link', 'to'],
      ['side flip', 'of'],
      [
        'contrast contrasts opposed comparison next close closer closest aspires aspiring akin similar kin suited suitable fit',
        'to',
      ],
      ['common par flirts flirting toys toying', 'with'],
      ['borders bordering verges verging encroaches', 'on'],
      ['leans leaning gestures', 'toward towards at'],
      [
        'way place lieu age days heyday era dreams dreaming dream thoughts talk thinks thinking put reminded mind',
        'of',
      ],
      ['brings bring calls called springs takes took', 'to'],
      ['back', 'to'],
      ['perfect ideal great good made destined meant suited best apt excellent nice lovely', 'for'],
      ['something anything nothing', 'of'],
      ['rather other', 'than'],
      ['away far', 'from'],
      ['based', 'on'],
      ['taken', 'from'],
      ['mistaken mistake mistook confused passes pass passing stand', 'for with'],
    ] as const
  ).flatMap(([nouns, prepositions]) => nouns.split(' ').map((noun) => [noun, wordSet(prepositions)] as const)),
);
/** What was, and is no more. */
export const ONCE = wordSet('originally orig formerly previously premiered');
/** What is thought or wished for, and not there. */
export const WISHES = wordSet(`
  expect expects expected expecting hoped hoping wished wishing wanted assume assumed assuming feared
  guessed guessing pictured braced longed misses missed imagined imagining supposed suppose mistook needs
  wants deserves begs yearns promised threatens deserved swore suspected suspect anticipated predicted dreamt
  dreamed fancied tempted asked`);
/** The same where somebody does so; else they may be nouns. */
export const THOUGHTS = wordSet(
  'hope hopes wish wishes guess thought miss think thinks thinking took longing yearning imagine imagines picture wait waited waiting see need',
);
/** What somebody who says "I" or "you" does that tells of the music itself. */
export const PERCEIVES = wordSet(`
  hear hears heard love loved like liked enjoy enjoyed adore adored count counted clock clocked time timed measure measured notice
  noticed get got find found have am was are were be know tell say mean appreciate admire recommend give gave tapped tap hate
  detect listen listened start end begin move stay go arrive stayed moved start ended began call see want need request require`);
/** What listeners do with music. */
export const DOINGS = wordSet(`
  play plays played playing practise practised practising practice practiced practicing learn learned learning learnt teach teaches
  taught teaching study studied rehearse rehearsed sing sings sang singing dance danced dancing transpose transposed perform performed
  performing arrange arranged cover covered record recorded compose composed write wrote writing own owned bought conduct used borrow
  borrowed tried try strum strummed drum drummed hummed waltzed waltz slowed sped tuned tune transcribe transcribed sketched drafted proposed met add added`);
export const MODALS = wordSet(`
  would wouldn't wouldn’t could couldn't couldn’t might may oughta ought`);
/** Where other music is: "in the film it is played by strings". */
export const ELSEWHERES = wordSet(`
  live stage cassette tape vinyl youtube cd lp
  film movie record album show game musical opera theatre theater concert concerts original draft sketch demo past studio premiere version
  recording recordings gym class soundtrack ballet play series trailer remix score days novel book`);
/** What a piece may be a part of. */
export const COLLECTIONS = wordSet(
  'album record ep concert set suite cycle collection opera programme program playlist soundtrack film disc lp catalogue repertoire',
);
/** By way of rule; the clause is of music at large. */
export const RULES = wordSet(
  'usually normally typically ordinarily traditionally conventionally customarily tend tends',
);
/** Nearly, but not. */
export const NEARLY = wordSet('almost nearly quasi pseudo mock practically virtually faux semi');
/** A wish becomes true after these: "expected a waltz and got a march". */
export const TURNS = wordSet('got get found find gets finds heard received landed ended met');
/** Of things that somebody asks for. */
export const REQUESTS = wordSet(`
  make write compose create generate give produce build craft design do need want i'd i’d please let's lets continue can could will
  would play come looking how what`);

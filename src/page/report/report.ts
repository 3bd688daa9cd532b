import { startPlayers } from '../player/players.ts';
import { startTheme } from '../theme.ts';
import { startGallery } from './gallery.ts';
import { startMap } from './map.ts';
import { readPageData } from './read-page-data.ts';

const data = readPageData();
startTheme();
startGallery(data.cards);
startPlayers(data.cards.map(({ play }) => play));
startMap(data.points);

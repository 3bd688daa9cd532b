import { startGallery } from './gallery.ts';
import { startMap } from './map.ts';
import { startPlayers } from './players.ts';
import { readPageData } from './read-page-data.ts';
import { startTheme } from './theme.ts';

const data = readPageData();
startTheme();
startGallery(data.cards);
startPlayers(data.cards);
startMap(data.points);

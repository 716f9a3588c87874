'use strict';
module.exports = () => {
  throw new Error('Glossight reads text only: the image library is left out on purpose.');
};

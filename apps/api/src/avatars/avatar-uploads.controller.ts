import { avatar, avatarCrop, maxAvatarBytes, type Avatar, type AvatarCrop } from '@dramatis/contracts/avatar';
import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { AvatarService } from './avatar.service.js';
import { sentFile } from '../http/sent-file.js';

@ApiTags('Personas')
@Controller('api/admin/avatars')
@ApiOperator()
export class AvatarUploadsController {
  constructor(private readonly avatars: AvatarService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Upload a picture for a persona',
    description: 'One file of up to 10 MB and 25 million pixels: PNG, JPEG, WebP, GIF or AVIF by its content. A square of it is kept, as WebP without metadata; of what moves, the first picture.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['image'], properties: { image: { type: 'string', format: 'binary' } } } })
  @ApiResponse({ status: 200, standardSchema: avatar })
  @ApiProblems('unsupported_media_type', 'image_not_supported', 'image_damaged', 'image_too_large', 'payload_too_large', 'too_many_images')
  async upload(@Req() request: Request, @Query({ schema: avatarCrop }) crop: AvatarCrop): Promise<Avatar> {
    return this.avatars.store(await sentFile(request, maxAvatarBytes), crop);
  }
}
